import * as z from 'zod/mini';
import type {
  QuickBooksCustomer,
  QuickBooksItem,
  QuickBooksLine,
  QuickBooksNamed,
  QuickBooksPreferences,
  QuickBooksTransaction,
  TransactionKind,
} from './quickbooks-model.ts';

/** QuickBooks' wire records turned into what we use. What decides about money is strict; what may be absent is absent. */
const text = z._default(z.nullish(z.string()), null);
const yes = z._default(z.nullish(z.boolean()), null);
const number = z._default(z.nullish(z.number()), null);
const ref = z.nullish(z.object({ value: z.string(), name: text }));

const line = z.pipe(
  z.object({
    DetailType: text,
    Description: text,
    Amount: number,
    SalesItemLineDetail: z.nullish(z.object({ ItemRef: ref, Qty: number, UnitPrice: number, TaxCodeRef: ref })),
  }),
  z.transform(
    (l): QuickBooksLine => ({
      detailType: l.DetailType ?? '',
      description: l.Description ?? '',
      amount: l.Amount,
      itemId: l.SalesItemLineDetail?.ItemRef?.value ?? '',
      quantity: l.SalesItemLineDetail?.Qty ?? null,
      unitPrice: l.SalesItemLineDetail?.UnitPrice ?? null,
      taxCode: l.SalesItemLineDetail?.TaxCodeRef?.value ?? '',
    }),
  ),
);

const body = z.object({
  Id: z.string(),
  SyncToken: text,
  DocNumber: text,
  TxnDate: text,
  CustomerRef: ref,
  CurrencyRef: ref,
  Line: z.nullish(z.array(line)),
  TotalAmt: z.number(),
  TxnTaxDetail: z.nullish(z.object({ TotalTax: number })),
  Balance: number,
  EmailStatus: text,
  PrivateNote: text,
  TxnStatus: text,
  MetaData: z.nullish(z.object({ LastUpdatedTime: text })),
});

function transactionOf(kind: TransactionKind, t: z.output<typeof body>): QuickBooksTransaction {
  return {
    kind,
    id: t.Id,
    syncToken: t.SyncToken ?? '',
    docNumber: t.DocNumber ?? '',
    day: t.TxnDate ?? '',
    customerId: t.CustomerRef?.value ?? '',
    customerName: t.CustomerRef?.name ?? '',
    currency: t.CurrencyRef?.value ?? '',
    lines: t.Line ?? [],
    total: t.TotalAmt,
    tax: t.TxnTaxDetail?.TotalTax ?? 0,
    balance: kind === 'Invoice' ? t.Balance : null,
    emailStatus: t.EmailStatus ?? '',
    privateNote: t.PrivateNote ?? '',
    estimateStatus: t.TxnStatus ?? '',
    voided: t.TotalAmt === 0 && /\bvoided\b/i.test(t.PrivateNote ?? ''),
    deleted: false,
    updatedAt: t.MetaData?.LastUpdatedTime ?? '',
  };
}

function gone(kind: TransactionKind, id: string, updatedAt: string): QuickBooksTransaction {
  return {
    kind,
    id,
    syncToken: '',
    docNumber: '',
    day: '',
    customerId: '',
    customerName: '',
    currency: '',
    lines: [],
    total: 0,
    tax: 0,
    balance: null,
    emailStatus: '',
    privateNote: '',
    estimateStatus: '',
    voided: false,
    deleted: true,
    updatedAt,
  };
}

/** One invoice or estimate, bare (in a query) or under its name (from create and read). */
export function transaction(kind: TransactionKind) {
  return z.pipe(
    z.union([
      z.pipe(
        z.object({ [kind]: body }),
        z.transform((o) => o[kind]),
      ),
      body,
    ]),
    z.transform((t): QuickBooksTransaction => transactionOf(kind, t as z.output<typeof body>)),
  );
}

/** A page of a query; a page without rows lacks the key. */
export function pageOf<S extends z.ZodMiniType>(entity: string, record: S) {
  return z.pipe(
    z.object({ QueryResponse: z.looseObject({ [entity]: z.optional(z.array(record)) }) }),
    z.transform((page): readonly z.output<S>[] => (page.QueryResponse[entity] as z.output<S>[] | undefined) ?? []),
  );
}

export const customer = z.pipe(
  z.object({
    Id: z.string(),
    DisplayName: z.string(),
    FullyQualifiedName: text,
    CurrencyRef: ref,
    PrimaryEmailAddr: z.nullish(z.object({ Address: text })),
    Active: yes,
  }),
  z.transform(
    (c): QuickBooksCustomer => ({
      id: c.Id,
      name: c.DisplayName,
      fullName: c.FullyQualifiedName ?? c.DisplayName,
      currency: c.CurrencyRef?.value ?? '',
      email: c.PrimaryEmailAddr?.Address ?? '',
      active: c.Active ?? true,
    }),
  ),
);

export const item = z.pipe(
  z.object({ Id: z.string(), Name: z.string(), FullyQualifiedName: text, Type: text, Active: yes }),
  z.transform(
    (i): QuickBooksItem => ({
      id: i.Id,
      name: i.Name,
      fullName: i.FullyQualifiedName ?? i.Name,
      type: i.Type ?? '',
      active: i.Active ?? true,
    }),
  ),
);

export const named = z.pipe(
  z.object({ Id: z.string(), Name: z.string(), Active: yes }),
  z.transform((n): QuickBooksNamed => ({ id: n.Id, name: n.Name, active: n.Active ?? true })),
);

export const companyInfo = z.pipe(
  z.object({ CompanyInfo: z.object({ CompanyName: z.string(), Country: text }) }),
  z.transform((c) => ({ name: c.CompanyInfo.CompanyName, country: c.CompanyInfo.Country ?? '' })),
);

export const preferences = z.pipe(
  z.object({
    Preferences: z.object({
      SalesFormsPrefs: z.nullish(z.object({ CustomTxnNumbers: yes })),
      AccountingInfoPrefs: z.nullish(
        z.object({ ClassTrackingPerTxn: yes, ClassTrackingPerTxnLine: yes, BookCloseDate: text }),
      ),
      CurrencyPrefs: z.nullish(z.object({ MultiCurrencyEnabled: yes, HomeCurrency: ref })),
    }),
  }),
  z.transform(
    ({ Preferences: p }): QuickBooksPreferences => ({
      customNumbers: p.SalesFormsPrefs?.CustomTxnNumbers ?? false,
      multiCurrency: p.CurrencyPrefs?.MultiCurrencyEnabled ?? false,
      homeCurrency: p.CurrencyPrefs?.HomeCurrency?.value ?? '',
      classPerTransaction: p.AccountingInfoPrefs?.ClassTrackingPerTxn ?? false,
      classPerLine: p.AccountingInfoPrefs?.ClassTrackingPerTxnLine ?? false,
      booksClosedOn: p.AccountingInfoPrefs?.BookCloseDate ?? '',
    }),
  ),
);

const deletedRecord = z.object({
  status: z.literal('Deleted'),
  Id: z.string(),
  MetaData: z.nullish(z.object({ LastUpdatedTime: text })),
});

const change = (kind: TransactionKind) =>
  z.union([
    z.pipe(
      deletedRecord,
      z.transform((d): QuickBooksTransaction => gone(kind, d.Id, d.MetaData?.LastUpdatedTime ?? '')),
    ),
    z.pipe(
      body,
      z.transform((t): QuickBooksTransaction => transactionOf(kind, t)),
    ),
  ]);

/** The answer of change data capture, flattened. */
export const changes = z.pipe(
  z.object({
    CDCResponse: z.array(
      z.object({
        QueryResponse: z._default(
          z.array(
            z.object({
              Invoice: z.optional(z.array(change('Invoice'))),
              Estimate: z.optional(z.array(change('Estimate'))),
            }),
          ),
          [],
        ),
      }),
    ),
  }),
  z.transform((answer): readonly QuickBooksTransaction[] =>
    answer.CDCResponse.flatMap((part) =>
      part.QueryResponse.flatMap((q) => [...(q.Invoice ?? []), ...(q.Estimate ?? [])]),
    ),
  ),
);

export function deletedTransaction(kind: TransactionKind) {
  return z.object({ [kind]: z.object({ Id: z.string(), status: z.literal('Deleted') }) });
}

/** A file that was refused has a Fault in the place of its Attachable. */
export const attached = z.object({
  AttachableResponse: z.array(z.object({ Attachable: z.object({ Id: z.string() }) })).check(z.minLength(1)),
});

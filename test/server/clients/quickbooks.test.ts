import { expect, test } from 'vitest';
import { ServiceError } from '../../../src/lib/jobs/service-error.ts';
import { createQuickBooksClient, type QuickBooksTicket } from '../../../src/server/clients/quickbooks.ts';
import type { HttpAnswer, HttpRequest } from '../../../src/server/http.ts';
import { door, json, NO_ANSWER, network, START } from '../http/fakes.ts';

const INVOICE = {
  Id: '145',
  SyncToken: '0',
  domain: 'QBO',
  sparse: false,
  DocNumber: '2026-10-ACME',
  TxnDate: '2026-10-31',
  CustomerRef: { value: '7', name: 'Acme' },
  CurrencyRef: { value: 'USD', name: 'United States Dollar' },
  Line: [
    {
      Id: '1',
      LineNum: 1,
      Description: 'Strategy, October',
      Amount: 150.5,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: {
        ItemRef: { value: '11', name: 'Consulting' },
        Qty: 1.505,
        UnitPrice: 100,
        TaxCodeRef: { value: 'NON' },
      },
    },
    { Amount: 150.5, DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} },
  ],
  TotalAmt: 150.5,
  Balance: 150.5,
  EmailStatus: 'NotSet',
  MetaData: { CreateTime: '2026-11-01T06:00:00-07:00', LastUpdatedTime: '2026-11-01T06:00:00-07:00' },
};

function clientOf(answer: (request: HttpRequest, nth: number) => HttpAnswer) {
  const net = network(answer);
  let token = 'old-token';
  const renewed: string[] = [];
  const ticket = (): QuickBooksTicket => ({
    realmId: '4620816365',
    accessToken: token,
    baseUrl: 'https://quickbooks.api.intuit.com',
    environment: 'production',
  });
  const access = {
    current: ticket,
    renew: (refused: string) => {
      renewed.push(refused);
      token = 'new-token';
      return ticket();
    },
  };
  return { net, renewed, client: createQuickBooksClient({ http: door(net), access, nowMs: () => START }) };
}

function errorOf(work: () => unknown): ServiceError {
  try {
    work();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('There was no error.');
}

const fault = (code: string, message: string, detail: string, element = '', type = 'ValidationFault') => ({
  Fault: { Error: [{ Message: message, Detail: detail, code, element }], type },
  time: '2026-09-01T19:27:51.208-07:00',
});

test('an invoice is created with its request id and read back as QuickBooks has it', () => {
  const { client, net } = clientOf(() => json({ Invoice: INVOICE, time: 'x' }));
  const made = client.createInvoice({ CustomerRef: { value: '7' } }, 'tti-2026-10-acme-1');
  expect(made).toMatchObject({
    kind: 'Invoice',
    id: '145',
    docNumber: '2026-10-ACME',
    customerId: '7',
    currency: 'USD',
    total: 150.5,
    balance: 150.5,
    voided: false,
    deleted: false,
  });
  expect(made.lines.map((line) => [line.detailType, line.itemId, line.quantity, line.unitPrice, line.amount])).toEqual([
    ['SalesItemLineDetail', '11', 1.505, 100, 150.5],
    ['SubTotalLineDetail', '', null, null, 150.5],
  ]);
  expect(net.sent[0]?.url).toBe(
    'https://quickbooks.api.intuit.com/v3/company/4620816365/invoice?requestid=tti-2026-10-acme-1&minorversion=75',
  );
});

test('a create whose answer is lost is not sent again by itself: the push looks first whether it is there', () => {
  const { client, net } = clientOf((_, nth) => (nth === 1 ? NO_ANSWER : json({ Invoice: INVOICE })));
  expect(() => client.createInvoice({}, 'r1')).toThrow('did not answer');
  expect(net.sent.length).toBe(1);
});

test('an expired token is renewed once, and the request goes on', () => {
  const expired = {
    fault: {
      error: [{ message: 'AuthenticationFailed', detail: 'Token expired: old-token', code: '3200' }],
      type: 'AUTHENTICATION',
    },
  };
  const { client, net, renewed } = clientOf((_, nth) =>
    nth === 1 ? json(expired, 401) : json({ CompanyInfo: { CompanyName: 'Brook & Hale', Country: 'USA' } }),
  );
  expect(client.companyInfo()).toEqual({ name: 'Brook & Hale', country: 'USA' });
  expect(renewed).toEqual(['old-token']);
  expect(net.sent.map((request) => request.headers['Authorization'])).toEqual(['Bearer old-token', 'Bearer new-token']);
});

test('a token that is refused twice ends in a sentence without the token', () => {
  const expired = {
    fault: {
      error: [{ message: 'AuthenticationFailed', detail: 'Token expired: old-token', code: '3200' }],
      type: 'AUTHENTICATION',
    },
  };
  const { client, renewed } = clientOf(() => json(expired, 401));
  const error = errorOf(() => client.companyInfo());
  expect([error.kind, error.code, renewed.length, error.detail]).toEqual(['auth', '3200', 1, '']);
  expect(error.message).toContain('Press Connect QuickBooks');
  expect(error.message).not.toContain('token:');
});

test.each([
  [
    'a duplicate number',
    400,
    fault('6140', 'Duplicate Document Number Error', 'DocNumber=18696 is assigned to TxnType=Invoice with TxnId=6575'),
    'rejected',
    '6140',
    'TxnId=6575',
  ],
  [
    'a fault inside of a 200',
    200,
    fault(
      '6070',
      'Amount calculation incorrect',
      'Amount is not equal to UnitPrice * Qty. Supplied value:1,000',
      'Line.Amount',
    ),
    'rejected',
    '6070',
    'Line.Amount',
  ],
  ['closed books', 400, fault('6200', 'Period closed', 'The account period has closed.'), 'rejected', '6200', 'closed'],
  [
    'another company',
    403,
    fault('3100', 'ApplicationAuthorizationFailed', 'x', '', 'AuthorizationFault'),
    'auth',
    '3100',
    'company',
  ],
  [
    'throttled, code with zeros',
    429,
    fault('003001', 'ThrottleExceeded', 'x', '', 'SERVICE'),
    'rateLimited',
    '3001',
    'wait',
  ],
  [
    'trouble inside',
    500,
    fault('10000', 'An application error', 'System Failure Error', '', 'SystemFault'),
    'unavailable',
    '10000',
    '500',
  ],
] as const)('%s', (_, status, body, kind, code, words) => {
  const { client } = clientOf(() => json(body, status, { 'retry-after': '3600', intuit_tid: '1-6aa3' }));
  const error = errorOf(() => client.createInvoice({}, 'r1'));
  expect([error.kind, error.code, error.requestId]).toEqual([kind, code, '1-6aa3']);
  expect(error.message).toContain(words);
});

test('an HTML page where JSON should be is a bad response', () => {
  const { client } = clientOf(() => ({ status: 200, headers: {}, text: '<html>maintenance</html>' }));
  expect(errorOf(() => client.preferences()).kind).toBe('badResponse');
});

test('quotes and backslashes in a number cannot leave their quotes', () => {
  const { client, net } = clientOf(() => json({ QueryResponse: {} }));
  expect(client.findByNumber("O'Brien \\ 1", 'Invoice')).toEqual([]);
  const query = decodeURIComponent(/query=([^&]*)/.exec(net.sent[0]?.url ?? '')?.[1] ?? '');
  expect(query).toBe("SELECT * FROM Invoice WHERE DocNumber = 'O\\'Brien \\\\ 1' STARTPOSITION 1 MAXRESULTS 1000");
});

test('names are read over all pages, inactive ones too', () => {
  const page = Array.from({ length: 1000 }, (_, i) => ({
    Id: String(i),
    DisplayName: `Customer ${i}`,
    Active: i % 2 === 0,
  }));
  const { client, net } = clientOf((_, nth) =>
    json({ QueryResponse: { Customer: nth === 1 ? page : [{ Id: '1000', DisplayName: 'Last' }] } }),
  );
  const customers = client.customers();
  expect([customers.length, customers[1]?.active, customers[1000]?.name]).toEqual([1001, false, 'Last']);
  expect(net.sent[1]?.url).toContain(encodeURIComponent('STARTPOSITION 1001'));
});

test('what changed holds edits and deletions', () => {
  const answer = {
    CDCResponse: [
      {
        QueryResponse: [
          {
            Invoice: [
              INVOICE,
              { status: 'Deleted', Id: '9', MetaData: { LastUpdatedTime: '2026-11-02T00:00:00-07:00' } },
            ],
            startPosition: 1,
            maxResults: 2,
          },
          {},
        ],
      },
    ],
  };
  const { client } = clientOf(() => json(answer));
  expect(client.changedSince('2026-11-01T00:00:00-07:00').map((one) => [one.id, one.deleted])).toEqual([
    ['145', false],
    ['9', true],
  ]);
});

test('a deleted invoice reads as none, a voided one as voided', () => {
  const missing = clientOf(() => json(fault('610', 'Object Not Found', 'Object Not Found : made inactive'), 400));
  expect(missing.client.readInvoice('145')).toBeNull();
  const voided = clientOf(() => json({ Invoice: { ...INVOICE, TotalAmt: 0, Balance: 0, PrivateNote: 'Voided' } }));
  expect(voided.client.readInvoice('145')?.voided).toBe(true);
});

test('a missing total is named', () => {
  const { client } = clientOf(() => json({ Invoice: { ...INVOICE, TotalAmt: undefined } }));
  const error = errorOf(() => client.readInvoice('145'));
  expect([error.kind, /invoice/.test(error.message)]).toEqual(['badResponse', true]);
});

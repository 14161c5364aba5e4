import { enumOf } from '../guard.ts';

/** The enums of SpreadsheetApp that the stand-ins know. */
export const spreadsheetEnums = {
  ProtectionType: enumOf('ProtectionType', ['RANGE', 'SHEET']),
  BorderStyle: enumOf('BorderStyle', ['DOTTED', 'DASHED', 'SOLID', 'SOLID_MEDIUM', 'SOLID_THICK', 'DOUBLE']),
  WrapStrategy: enumOf('WrapStrategy', ['WRAP', 'OVERFLOW', 'CLIP']),
  Dimension: enumOf('Dimension', ['COLUMNS', 'ROWS']),
  DataValidationCriteria: enumOf('DataValidationCriteria', [
    'VALUE_IN_LIST',
    'VALUE_IN_RANGE',
    'CHECKBOX',
    'NUMBER_BETWEEN',
    'NUMBER_GREATER_THAN',
    'NUMBER_GREATER_THAN_OR_EQUAL_TO',
    'NUMBER_LESS_THAN',
    'NUMBER_LESS_THAN_OR_EQUAL_TO',
    'DATE_IS_VALID_DATE',
    'TEXT_IS_VALID_EMAIL',
    'CUSTOM_FORMULA',
  ]),
  InterpolationType: enumOf('InterpolationType', ['NUMBER', 'PERCENT', 'PERCENTILE', 'MIN', 'MAX']),
};

/** Kinds of charts that a script may ask for. */
export const ChartType = enumOf('ChartType', ['AREA', 'BAR', 'COLUMN', 'LINE', 'PIE', 'SCATTER', 'TABLE', 'COMBO']);

import type { Service } from '../types.ts';
import { cacheServices } from './cache-services.ts';
import { fetchServices } from './fetch-services.ts';
import { propertyServices } from './property-services.ts';
import { rangeServices } from './range-services.ts';
import { scriptServices } from './script-services.ts';
import { sheetServices } from './sheet-services.ts';
import { spreadsheetServices } from './spreadsheet-services.ts';
import { uiServices } from './ui-services.ts';
import { utilityServices } from './utility-services.ts';

/** Every service call that the stand-ins make, by name; those of LockService are the engine's, since they make executions wait. */
export const services: Readonly<Record<string, Service>> = {
  ...spreadsheetServices,
  ...sheetServices,
  ...rangeServices,
  ...uiServices,
  ...propertyServices,
  ...cacheServices,
  ...scriptServices,
  ...fetchServices,
  ...utilityServices,
};

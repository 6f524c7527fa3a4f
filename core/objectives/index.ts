/** The list of upper-level objectives. */
import { registry } from '../base/registry.ts';
import { expectedMacs, expectedParams } from './expectedSize.ts';
import { adversarialValidationLoss, validationLoss } from './validationLoss.ts';

export const objectives = registry('objective', [
  validationLoss,
  adversarialValidationLoss,
  expectedParams,
  expectedMacs,
]);

import type { ColumnTreatment } from '../../contracts/manifest.ts';
import type { ColumnRole } from '../../core/table/column-roles.ts';

const CARRIED = 'not learned from; a synthetic row carries the value of an observed minority row';

/** What each role means, in the words of the manifest. */
export function describeTreatment(role: ColumnRole, type: ColumnTreatment['type']): string {
  switch (role) {
    case 'target':
      return 'the label; a synthetic row carries the minority label';
    case 'identifier':
      return `names rows: ${CARRIED}`;
    case 'high-cardinality':
      return `too many levels: ${CARRIED}`;
    case 'constant':
      return `the same in every row: ${CARRIED}`;
    case 'all-missing':
      return 'missing in every row: not learned from, missing in synthetic rows';
    case 'ignored':
      return `ignored as asked: ${CARRIED}`;
    case 'group':
      return `keeps rows together when they are split: ${CARRIED}`;
    case 'time':
      return `orders rows when they are split: ${CARRIED}`;
    case 'feature':
      return describeFeature(type);
  }
}

function describeFeature(type: ColumnTreatment['type']): string {
  switch (type) {
    case 'boolean':
    case 'text':
      return 'one-hot, first level dropped; generated as one of its observed levels';
    case 'date':
      return 'days since 1970-01-01, standardized; generated within the observed dates';
    case 'timestamp':
      return 'time since 1970-01-01, standardized; generated within the observed times';
    case 'integer':
    case 'number':
      return 'standardized; generated from the observed minority values';
  }
}

import { PREFIXES, PUBLISHED } from '../contracts/layout.ts';
import { STATES, type StateName, stepFolder } from '../contracts/states.ts';

/** Which objects of the bucket a step's function touches: patterns of keys, in which `*` stands for any characters. */
export interface StepAccess {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly removes: readonly string[];
  /**
   * To whom may not list a bucket, S3 answers "access denied" where an object is not there. A step that has to tell the
   * two apart may see the names in the bucket.
   */
  readonly meetsMissing: boolean;
}

const NOTHING: StepAccess = { reads: [], writes: [], removes: [], meetsMissing: false };
const UPLOADS = `${PREFIXES.incoming}*`;
const MANIFESTS = `${PREFIXES.balanced}*${PUBLISHED.manifest}`;
const TABLES = [PUBLISHED.train, PUBLISHED.test].flatMap((name) =>
  ['csv', 'parquet'].map((format) => `${PREFIXES.balanced}*${name}.${format}`),
);

/** What `states` wrote, in any run below any output location: `balanced/adult/runs/<execution>/<step>/<file>`. */
function artifactsOf(...states: readonly StateName[]): string[] {
  return states.map((state) => `${PREFIXES.balanced}*runs/*/${stepFolder(state)}/*`);
}

/** A step reads what the steps named here wrote, and writes its own. */
function between(state: StateName, ...sources: readonly StateName[]): StepAccess {
  return { ...NOTHING, reads: artifactsOf(...sources), writes: artifactsOf(state) };
}

/** All that each step reads and writes, and nothing else. A deployed run reads uploads only, and writes below `balanced/`. */
export const STEP_ACCESS: Readonly<Record<StateName, StepAccess>> = {
  [STATES.resolveRequest]: NOTHING,
  // The name of an upload may be mistyped.
  [STATES.prepareDataset]: { ...between(STATES.prepareDataset), reads: [UPLOADS], meetsMissing: true },
  [STATES.trainGenerator]: between(STATES.trainGenerator, STATES.prepareDataset),
  [STATES.generateRows]: between(STATES.generateRows, STATES.prepareDataset, STATES.trainGenerator),
  [STATES.trainDiscriminator]: between(STATES.trainDiscriminator, STATES.prepareDataset),
  [STATES.selectRows]: between(
    STATES.selectRows,
    STATES.prepareDataset,
    STATES.generateRows,
    STATES.trainDiscriminator,
  ),
  [STATES.mergeRows]: between(STATES.mergeRows, STATES.prepareDataset, STATES.selectRows),
  [STATES.undersampleMajority]: between(STATES.undersampleMajority, STATES.mergeRows),
  [STATES.evaluateResult]: between(
    STATES.evaluateResult,
    STATES.prepareDataset,
    STATES.mergeRows,
    STATES.undersampleMajority,
  ),
  // There may be, or not be, what an earlier run published: its manifest is read, and what it names taken away.
  [STATES.publishDataset]: {
    reads: [...artifactsOf(STATES.prepareDataset, STATES.mergeRows, STATES.undersampleMajority), MANIFESTS],
    writes: [...TABLES, MANIFESTS],
    removes: [...TABLES, MANIFESTS],
    meetsMissing: true,
  },
  [STATES.recordFailure]: {
    ...NOTHING,
    reads: [MANIFESTS],
    writes: [...artifactsOf(STATES.recordFailure), MANIFESTS],
  },
};

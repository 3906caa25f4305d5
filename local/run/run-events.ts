import type { SucceededManifest } from '../../contracts/manifest.ts';
import type { ResolvedRequest } from '../../contracts/request.ts';
import type { MAPPED_STATE, StateName } from '../../contracts/states.ts';
import type { FoldItem } from '../../contracts/workflow.ts';

/**
 * What happens in a run, as displays show it and as `--json` prints it: one object a line, `time` in ISO 8601, durations
 * in milliseconds. The first event is `run-started`, the last one `run-succeeded`, `run-failed` or `run-interrupted`; of a run in AWS that is
 * not followed to its end, `following-stopped`.
 */
export type RunEvent = { readonly time: string } & RunNews;

/** Where one fold is meant, of the many that a state evaluates: which one. */
type OfOneFold = Readonly<Partial<FoldItem>>;

export type RunNews =
  | {
      readonly type: 'run-started';
      readonly execution: string;
      /** as it is sent to the state machine, every default filled in */
      readonly request: ResolvedRequest;
      /** of an execution in AWS */
      readonly arn?: string;
    }
  | ({
      readonly type: 'state-started';
      readonly state: StateName;
      /** 1, or more where the definition's Retry tries again */
      readonly attempt: number;
    } & OfOneFold)
  | {
      readonly type: 'state-progress';
      readonly state: StateName;
      readonly epoch: number;
      readonly epochs: number;
      /** the generator's reconstruction loss, mean over the epoch */
      readonly loss: number;
    }
  | ({
      /** one strategy on one fold; the state itself has started with the first of them and succeeds with the last */
      readonly type: 'fold-evaluated';
      readonly state: typeof MAPPED_STATE;
      /** folds that are evaluated by now */
      readonly done: number;
      readonly of: number;
      readonly durationMs: number;
    } & Readonly<FoldItem>)
  | {
      readonly type: 'state-succeeded';
      readonly state: StateName;
      readonly attempt: number;
      readonly durationMs: number;
    }
  | ({
      readonly type: 'state-failed';
      readonly state: StateName;
      readonly attempt: number;
      readonly durationMs: number;
      readonly error: string;
      readonly cause: string;
    } & OfOneFold)
  | {
      readonly type: 'run-succeeded';
      readonly durationMs: number;
      /** URI of `manifest.json` */
      readonly manifestUri: string;
      readonly manifest: SucceededManifest;
    }
  | {
      readonly type: 'run-failed';
      readonly durationMs: number;
      readonly error: string;
      readonly cause: string;
      /** URI of the manifest that says why; absent where even that could not be written */
      readonly manifestUri?: string;
    }
  | {
      readonly type: 'run-interrupted';
      readonly durationMs: number;
      /** the outputs are whole because the interruption came while they were being published */
      readonly published: boolean;
    }
  | {
      /** nobody looks any more; the execution goes on */
      readonly type: 'following-stopped';
      readonly arn: string;
    };

/** Whoever watches a run. */
export type EmitRunEvent = (event: RunEvent) => void;

/** Seconds of either side. */
export interface Both {
  readonly ours: number;
  readonly theirs: number;
}

export const HEADER = [
  '| measured | Counterpoise | package | its figure | ratio | remark |',
  '| --- | --- | --- | --- | --- | --- |',
];

/** One line of the table: the same work by this project and by a package. */
export function line(what: string, { ours, theirs }: Both, name: string, remark: string): string {
  const ratio = (ours / theirs).toPrecision(2);
  return `| ${what} | ${ours.toFixed(3)} s | ${name} | ${theirs.toFixed(1)} s | ${ratio} | ${remark} |`;
}

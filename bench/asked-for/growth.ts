/** How many rows a package took, and how long. */
export interface Measured {
  readonly rows: number;
  readonly seconds: number;
}

/** Where the growth from a smaller to a larger number of rows leads to: seconds grow with a power of the rows. */
export function extrapolate(
  smaller: Measured,
  larger: Measured,
  rows: number,
): { readonly seconds: number; readonly remark: string } {
  const power = Math.log(larger.seconds / smaller.seconds) / Math.log(larger.rows / smaller.rows);
  const seconds = larger.seconds * (rows / larger.rows) ** power;
  return { seconds, remark: `package extrapolated: seconds grow with the power ${power.toFixed(2)} of the rows` };
}

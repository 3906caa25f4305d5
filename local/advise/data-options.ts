/** Options of `counterpoise rebalance` that say how a table is read: advising takes them, and hands them on. */
export const DATA_OPTIONS: readonly string[] = ['target', 'minority', 'columns', 'ignore', 'missing'];

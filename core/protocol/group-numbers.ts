/** Groups by number: what they are called makes no difference to whoever deals or draws them. */
export interface GroupNumbers {
  /** of every row: the number of its group, from 0, in the order in which the groups first occur */
  readonly groupOf: Int32Array;
  /** how many groups there are */
  readonly groups: number;
}

/** @param names the group of each row, any whole number */
export function numberGroups(names: Int32Array): GroupNumbers {
  const numbers = new Map<number, number>();
  const groupOf = names.map((name) => {
    const number = numbers.get(name) ?? numbers.size;
    if (number === numbers.size) numbers.set(name, number);
    return number;
  });
  return { groupOf, groups: numbers.size };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** "Left out" and "undefined" mean the same in an input; stores know only the first. */
export function withoutUndefined<T extends object>(input: T): Defined<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Defined<T>
}

/**
 * Goes on with a value: at once where it is there, when it comes where it is a promise. A request that finds everything in memory
 * is answered without waiting for a dozen promises, which cost as much as its work.
 */
export const whenKnown = <Value, Result>(
  value: Value | Promise<Value>,
  goOn: (value: Value) => Result,
): Result | Promise<Awaited<Result>> =>
  value instanceof Promise ? (value.then(goOn) as Promise<Awaited<Result>>) : goOn(value)

/** A number with its thousands apart. */
export const numberInWords = (count: number): string => count.toLocaleString('en')

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** Regions that have two letters and are no countries: groups of them, and those for tests and for what is not known. */
const noCountries = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']

/** Whether two capital letters are the code of a country (ISO 3166-1 alpha-2, and XK, which all use for Kosovo). */
export const isCountry = (code: string): boolean => names.of(code) !== undefined && !noCountries.includes(code)

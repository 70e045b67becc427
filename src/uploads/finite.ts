/** Silence is minus infinity, which databases and JSON do not have: null there. */
export const finite = (decibels: number): number | null => (Number.isFinite(decibels) ? decibels : null)

const failure = /^ *not ok \d[^\n]*(\n *---\n.*?\n *\.\.\.$)?/gms

/** What failed in a run, out of its TAP: the lines that are `not ok` with their diagnosis; a test comes after what failed in it, a file last. */
export function listFailures(tap: string): string[] {
  return tap.match(failure) ?? []
}

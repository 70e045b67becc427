import { type Rule, when } from './rule.ts'

const source = 'https://podcasters.apple.com/support/823-podcast-requirements'

const local =
  /^(localhost|.*\.(local|localhost|internal|lan)|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*\])$/i

/** What keeps everybody out. */
export const stationRules: readonly Rule[] = [
  {
    name: 'public-address',
    level: 'error',
    source,
    find: ({ publicUrl }) =>
      when(
        local.test(new URL(publicUrl).hostname),
        `This station is at ${publicUrl}, where nobody else can reach it: give it a name of its own, and set PUBLIC_URL.`,
      ),
  },
  {
    name: 'https',
    level: 'error',
    source,
    find: ({ publicUrl }) =>
      when(
        !publicUrl.startsWith('https:'),
        'Directories take addresses that begin with https:// alone: set PUBLIC_URL to one.',
      ),
  },
]

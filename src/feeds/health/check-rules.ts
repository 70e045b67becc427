import type { Facts } from './facts.ts'
import type { Finding } from './finding.ts'
import { appleRules } from './rules/apple.ts'
import { namespaceRules } from './rules/podcast-namespace.ts'
import { pspRules } from './rules/psp.ts'
import { applyRules } from './rules/rule.ts'
import { spotifyRules } from './rules/spotify.ts'
import { stationRules } from './rules/station.ts'
import { youtubeRules } from './rules/youtube.ts'

/** What can be said without asking anybody. Pure. */
export const checkRules = (facts: Facts): Finding[] => [
  ...applyRules('station', stationRules, facts),
  ...applyRules('Apple', appleRules, facts),
  ...applyRules('PSP', pspRules, facts),
  ...applyRules('YouTube', youtubeRules, facts),
  ...applyRules('Spotify', spotifyRules, facts),
  ...applyRules('podcast namespace', namespaceRules, facts),
]

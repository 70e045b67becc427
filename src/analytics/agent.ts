import { knownApps } from './agents/known-apps.ts'
import { knownBrowsers } from './agents/known-browsers.ts'
import { knownDevices } from './agents/known-devices.ts'
import { knownLibraries } from './agents/known-libraries.ts'
import { knownRobots } from './agents/known-robots.ts'
import { looksLikeRobot } from './agents/looks-like-robot.ts'

/** What a listener's program runs on. */
export type Device = 'phone' | 'tablet' | 'computer' | 'watch' | 'speaker' | 'car' | 'tv' | 'unknown'

/** Who asks: the app, the device, whether it is a robot. */
export type Agent = Readonly<{
  /** Its name in reports; `Unknown` where no row of the table fits. */
  app: string
  device: Device
  kind: 'app' | 'browser' | 'library' | 'robot' | 'unknown'
}>

/** A name, and how its user agents look. */
export type Known = Readonly<{ name: string; pattern: RegExp }>

/** Rows are tried in their order, and the lists in this one: robots, apps, libraries, browsers (as OPAWG's user-agents-v2 says). */
export type AgentTable = Readonly<{
  robots: readonly Known[]
  /** `device`: where it runs on one kind alone. */
  apps: readonly (Known & Readonly<{ device?: Device }>)[]
  /** `isRobot`: what scripts and servers are made with. */
  libraries: readonly (Known & Readonly<{ isRobot?: boolean }>)[]
  browsers: readonly Known[]
  devices: readonly Readonly<{ device: Device; pattern: RegExp }>[]
}>

/** The table that comes with Longwave. */
export const knownAgents: AgentTable = {
  robots: knownRobots,
  apps: knownApps,
  libraries: knownLibraries,
  browsers: knownBrowsers,
  devices: knownDevices,
}

/** What is looked at of a user agent: all that matters stands at its beginning, and strangers write it. */
const longestUserAgent = 300

/** Who says that. Some microseconds: callers keep the answers, or take `rememberAgents`. */
export function agentOf(userAgent: string | undefined, table: AgentTable = knownAgents): Agent {
  const text = userAgent?.trim().slice(0, longestUserAgent) ?? ''
  if (text === '') return { app: 'Unknown', device: 'unknown', kind: 'unknown' }
  const fits = ({ pattern }: Readonly<{ pattern: RegExp }>) => pattern.test(text)
  const device = () => table.devices.find(fits)?.device ?? 'unknown'

  const robot = table.robots.find(fits)
  if (robot) return { app: robot.name, device: 'unknown', kind: 'robot' }
  const app = table.apps.find(fits)
  if (app) return { app: app.name, device: app.device ?? device(), kind: 'app' }
  const library = table.libraries.find(fits)
  if (library?.isRobot) return { app: library.name, device: 'unknown', kind: 'robot' }
  if (library) return { app: library.name, device: device(), kind: 'library' }
  if (looksLikeRobot(text)) return { app: 'Robot', device: 'unknown', kind: 'robot' }
  const browser = table.browsers.find(fits)
  return { app: browser?.name ?? 'Unknown', device: device(), kind: browser ? 'browser' : 'unknown' }
}

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

/** Rows are tried in their order, and the lists in this one: robots, apps, libraries, browsers. */
export type AgentTable = Readonly<{
  robots: readonly Known[]
  apps: readonly (Known & Readonly<{ device?: Device }>)[]
  libraries: readonly (Known & Readonly<{ isRobot?: boolean }>)[]
  browsers: readonly Known[]
  devices: readonly Readonly<{ device: Device; pattern: RegExp }>[]
}>

const unknown: Agent = { app: 'Unknown', device: 'unknown', kind: 'unknown' }

/** Takes some microseconds for a user agent that it has not seen; see `agentCache`. */
export function agentOf(userAgent: string | undefined): Agent {
  return userAgent ? { ...unknown } : unknown
}

import type { Row, Session } from '../bench-station.ts'
import { latencyWhileEncoding } from '../latency.ts'

/** Pages and feeds while the same process turns an hour into an episode. */
export const latencyOfHourBench = async ({ studio }: Session): Promise<Row[]> =>
  latencyWhileEncoding(await studio.hour(), 'while an hour is encoded')

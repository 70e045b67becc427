import { setTimeout as sleep } from 'node:timers/promises'
import { expectJson } from '../../../test/journey/catalogue.ts'
import type { Program } from '../../../test/journey/program.ts'
import { median, type Row } from '../bench-station.ts'

const patienceMs = 10_000
const lookEveryMs = 5
const aheadMs = 1_500

type Wanted = Readonly<{ episodeId: string; feedPath: string; rounds: number }>

/** From a publish, the moment of a scheduled episode, and an unpublish, until every web process answers so. */
export async function freshnessRows(webs: readonly Program[], where: string, wanted: Wanted): Promise<Row[]> {
  const [first] = webs as [Program]
  const publication = `/episodes/${wanted.episodeId}/publication`
  const times = { publish: [] as number[], moment: [] as number[], unpublish: [] as number[] }
  const untilShown = (isShown: boolean, since: number) =>
    Promise.all(webs.map((web) => untilSo(`${web.url}${wanted.feedPath}`, wanted.episodeId, isShown))).then(
      () => Date.now() - since,
    )
  for (let round = 0; round < wanted.rounds; round += 1) {
    await expectJson(await first.api('PUT', publication, {}), 200)
    times.publish.push(await untilShown(true, Date.now()))
    await expectJson(await first.api('DELETE', publication), 200)
    times.unpublish.push(await untilShown(false, Date.now()))
    const at = Date.now() + aheadMs
    await expectJson(await first.api('PUT', publication, { at: new Date(at).toISOString() }), 200)
    await sleep(at - Date.now())
    times.moment.push(await untilShown(true, at))
    await expectJson(await first.api('DELETE', publication), 200)
    times.unpublish.push(await untilShown(false, Date.now()))
  }
  return [
    row(`publish -> feed with 1,000 episodes, ${where}`, times.publish),
    row(`moment of a scheduled episode -> the same, ${where}`, times.moment),
    row(`unpublish -> the same, ${where}`, times.unpublish),
  ]
}

const row = (what: string, times: readonly number[]): Row => ({
  what,
  measured: `${median(times).toFixed(0)} ms (worst of ${times.length}: ${Math.max(...times).toFixed(0)})`,
  target: '<= 1000 ms on every web process',
})

async function untilSo(url: string, episodeId: string, isShown: boolean): Promise<void> {
  let etag = ''
  for (const giveUpAt = Date.now() + patienceMs; Date.now() < giveUpAt; await sleep(lookEveryMs)) {
    const answer = await fetch(url, { headers: { 'if-none-match': etag } })
    const xml = await answer.text()
    if (answer.status === 304) continue
    etag = answer.headers.get('etag') ?? ''
    if (xml.includes(`/audio/${episodeId}/`) === isShown) return
  }
  throw new Error(`${url} did not change within ${patienceMs / 1000} s`)
}

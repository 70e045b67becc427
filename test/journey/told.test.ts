import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { ownFolder } from '../fixtures/own-folder.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { startStandIn } from '../fixtures/stand-in.ts'
import { createEpisode, createShow, expectJson, publish, putAudio, uploadEnd } from './catalogue.ts'
import { eventually, startProgram } from './program.ts'

type Push = Readonly<{ state: string; attempts: number }>

t.test(
  'a hub is told of a scheduled episode at its moment, and of the next one though the program is killed',
  async (t) => {
    const folder = await ownFolder(t)
    const hub = await startStandIn(t)
    const environment = { LONGWAVE_HOME: folder, WEBSUB_HUBS: hub.url }
    const program = await startProgram(t, environment)
    const show = await createShow(program)
    const wav = await makeRecording(folder, { kind: 'wav', seconds: 5, channels: 2, filename: 'short.wav' })
    const [first, second] = [
      await createEpisode(program, show.id, { title: 'First' }),
      await createEpisode(program, show.id, { title: 'Second' }),
    ]
    for (const { id } of [first, second]) await uploadEnd(program, (await putAudio(program, id, wav)).id)

    const found: boolean[] = []
    let toldAt = 0
    hub.replyWith(async (response, { form }) => {
      toldAt ||= Date.now()
      found.push((await (await fetch(form['hub.url'] ?? '')).text()).includes('First'))
      response.writeHead(204).end()
    })
    const moment = Date.now() + 2_000
    await publish(program, first.id, new Date(moment).toISOString())
    await eventually(20, async () => hub.sent.length > 0)
    t.ok(toldAt >= moment, 'not before')
    await sleep(1_000)
    t.same(found, [true], 'once, and the feed had it')

    hub.replyWith(503)
    await publish(program, second.id)
    await eventually(20, async () => hub.sent.length === 2)
    await program.kill()
    hub.replyWith(204)
    const again = await startProgram(t, { ...environment, PORT: new URL(program.url).port })
    const newest = async () => (await expectJson<Push[]>(await again.api('GET', `/shows/${show.id}/pushes`), 200))[0]
    const sent = await eventually(30, async () => (await newest())?.state === 'sent' && newest())
    t.match(sent, { status: 204 })
    await sleep(1_000)
    t.equal(hub.sent.length, 3, 'the refusal, and once')
  },
)

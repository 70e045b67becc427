import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseBuffer } from 'music-metadata'
import { parseFeed } from 'podcast-partytime'
import type { Test } from 'tap'
import { measureRecording } from '../../src/audio/measure-recording.ts'
import type { EpisodeView, RenditionView } from '../../src/shows/schemas.ts'
import { ownFolder } from '../fixtures/own-folder.ts'
import { chaptersOf, probeFile } from '../fixtures/probe-m4a.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { createEpisode, createShow, expectJson, publish, putAudio, uploadEnd } from './catalogue.ts'
import { eventually, type Program, startProgram } from './program.ts'

const { signal } = new AbortController()
const chapters = '00:00:00.000 Arrival\n00:00:03.000 Weather <https://example.com/weather>\n00:00:06.000 Goodbye\n'
const transcript = 'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Ann>Good evening.\n'

/**
 * The second half of an episode's life on the whole program, whatever it stands on: its audio is levelled, tagged, drawn and
 * measured; other audio takes its place at the same address; the earlier one comes back.
 */
export async function finishedAudioJourney(t: Test, environment: Record<string, string>): Promise<void> {
  const folder = await ownFolder(t)
  const program = await startProgram(t, { LONGWAVE_HOME: path.join(folder, 'home'), ...environment })
  const recording = (filename: string, seconds: number) =>
    makeRecording(folder, { kind: 'wav', seconds, channels: 2, filename })
  const show = await createShow(program, { aacKbps: 96 })
  const artwork = await readFile('media/sample/artwork.jpg')
  await expectJson(await program.api('PUT', `/shows/${show.id}/artwork`, artwork), 200)
  const { id } = await createEpisode(program, show.id, { title: 'The finished one', number: 7 })
  const episode = async () => expectJson<EpisodeView>(await program.api('GET', `/episodes/${id}`), 200)
  const put = async (what: string, type: string, text: string) =>
    expectJson(await program.api('PUT', `/episodes/${id}/${what}`, text, { 'content-type': type }), 200)

  await put('chapters', 'text/plain', chapters)
  t.match(await uploadEnd(program, (await putAudio(program, id, await recording('first.wav', 21))).id), {
    state: 'ready',
  })
  await put('transcript', 'text/vtt', transcript)
  const { audio } = await publish(program, id)
  if (!audio) throw new Error('there is no audio')

  await t.test('it is as loud as it should be, and the API says how loud it was', async (t) => {
    t.match(audio, { kept: false, targetLufs: -16, source: { integratedLufs: Number, truePeakDbtp: Number } })
    const loudness = await eventually(20, async () => {
      const measured = (await episode()).audio?.loudness
      return measured?.measuredAt !== undefined && measured
    })
    t.ok(Math.abs((loudness.integratedLufs ?? 0) + 16) <= 0.3, JSON.stringify({ loudness, audio }))
    t.ok((loudness.truePeakDbtp ?? 0) <= -1, `${loudness.truePeakDbtp} dBTP`)
  })

  await t.test('the file says what it is, to whoever saves it', async (t) => {
    const { common, format } = await parseBuffer(await heard(program, id), undefined, { includeChapters: true })
    t.match(common, { title: 'The finished one', album: show.title, artist: show.author, track: { no: 7 } })
    t.match(common.picture?.[0], { format: 'image/jpeg' })
    t.same(
      format.chapters?.map((chapter) => chapter.title),
      ['Arrival', 'Weather', 'Goodbye'],
    )
  })

  await t.test('apps find chapters and transcript in the feed, pages find the waveform', async (t) => {
    const item = await eventually(20, async () => parseFeed(await (await fetch(show.feedUrl)).text())?.items[0])
    const listed = await expectJson<{ chapters: unknown[] }>(await fetch(item.podcastChapters?.url ?? ''), 200)
    t.equal(listed.chapters.length, 3)
    t.equal(item.podcastTranscripts?.length, 4)
    for (const { url } of item.podcastTranscripts ?? []) t.match(await (await fetch(url)).text(), 'Good evening.')
    const waveform = await expectJson<{ data: number[] }>(await fetch(audio.waveformUrl ?? ''), 200)
    t.equal(waveform.data.length, 3600)
  })

  await t.test(
    'apps that take AAC find it in the feed, beside the MP3: as loud, with its chapters and cover',
    async (t) => {
      const found = await eventually(30, async () => {
        const feed = parseFeed(await (await fetch(show.feedUrl)).text())
        return feed?.items[0]?.alternativeEnclosures?.find(({ type }) => type === 'audio/x-m4a')
      })
      const [alternate] = (await episode()).audio?.alternates ?? []
      const { url, bytes } = alternate ?? { url: '', bytes: 0 }
      t.match(found, { type: 'audio/x-m4a', length: bytes, bitrate: 96_000, source: [{ uri: url }] })
      const file = path.join(folder, 'heard.m4a')
      await writeFile(file, await heard(program, id, 'any.m4a'))
      const probed = await probeFile(file)
      t.same(
        chaptersOf(probed).map(([start, , title]) => [start, title]),
        [
          [0, 'Arrival'],
          [3, 'Weather'],
          [6, 'Goodbye'],
        ],
      )
      t.match(probed.streams[0], { codec_name: 'aac', duration_ts: 21 * 44_100 })
      t.match(probed.format.tags, { title: 'The finished one', artist: show.author, album: show.title, track: '7' })
      t.ok(probed.streams.some(({ disposition }) => disposition.attached_pic === 1))
      const { lufs, peakDbtp } = await measureRecording(file, { folder, longestSeconds: 60, signal })
      t.ok(Math.abs(lufs + 16) <= 0.3 && peakDbtp <= -1, `${lufs} LUFS, ${peakDbtp} dBTP`)
      const part = await fetch(url, { headers: { range: 'bytes=4-7' } })
      t.match({ status: part.status, text: await part.text() }, { status: 206, text: 'ftyp' })
    },
  )

  const before = await heard(program, id)
  const beforeAac = await heard(program, id, 'any.m4a')
  await t.test('other audio takes its place at the same address; until then the old one is heard', async (t) => {
    const upload = await putAudio(program, id, await recording('second.wav', 12))
    t.ok((await heard(program, id)).equals(before))
    t.match(await uploadEnd(program, upload.id), { state: 'ready' })
    const after = await episode()
    t.match(after, {
      state: 'published',
      audio: { url: audio.url },
      chapters: { mayBeOff: true },
      transcript: { mayBeOff: true },
    })
    await eventually(20, async () => !(await heard(program, id)).equals(before))
    t.equal(Math.round(after.audio?.durationSeconds ?? 0), 12)
  })

  await t.test('the earlier audio comes back, byte for byte', async (t) => {
    const renditions = await expectJson<RenditionView[]>(await program.api('GET', `/episodes/${id}/renditions`), 200)
    const earlier = renditions.find(({ isCurrent }) => !isCurrent)
    await expectJson(await program.api('PUT', `/episodes/${id}/rendition`, { id: earlier?.id }), 200)
    await eventually(20, async () => (await heard(program, id)).equals(before))
    t.ok((await heard(program, id, 'any.m4a')).equals(beforeAac))
    t.match(await episode(), { guid: (await episode()).guid, chapters: { mayBeOff: false } })
  })

  t.equal(await program.stop(), 0)
}

async function heard(program: Program, episodeId: string, file = 'any.mp3'): Promise<Buffer> {
  const answer = await fetch(`${program.url}/audio/${episodeId}/${file}`)
  if (answer.status !== 200) throw new Error(`the audio answered ${answer.status}`)
  return Buffer.from(await answer.arrayBuffer())
}

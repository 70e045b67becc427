import t from 'tap'
import { type MediaAddress, parseMediaAddress } from '../../../src/analytics/ingest/media-address.ts'
import { audioUrl, downloadUrl, mediaUrl } from '../../../src/core/addresses.ts'
import { newId } from '../../../src/core/ids.ts'

const id = newId()
const at = { publicUrl: 'https://podcasts.example.com' }
const file = 'first-light.mp3'

const rows: [string, MediaAddress | undefined][] = [
  [`/audio/${id}/${file}`, { door: 'audio', episodeId: id, file }],
  [audioUrl(at, id, file), { door: 'audio', episodeId: id, file }],
  [`/audio/${id}/${file}?_from=app&x=/media/`, { door: 'audio', episodeId: id, file }],
  [`/audio/${id}/${file}#t=10`, { door: 'audio', episodeId: id, file }],
  [`/audio/${id}/first%20light%2Emp3`, { door: 'audio', episodeId: id, file: 'first light.mp3' }],
  [downloadUrl(at, id, file), { door: 'download', episodeId: id, file }],
  [mediaUrl({ publicUrl: 'http://cdn.example.com:8080' }, id, file), { door: 'media', renditionId: id, file }],
  [`/media/${id}/${file}?md5=abc&expires=1`, { door: 'media', renditionId: id, file }],
  [`/media/${id}/download/${file}`, { door: 'download', renditionId: id, file }],
  [`/media/p/${id}/${file}?signature=x`, { door: 'private', renditionId: id, file }],
  [`/audio/p/to-ken_1/${id}/${file}`, { door: 'private', feedToken: 'to-ken_1', episodeId: id, file }],
  [`/audio/${id}/%ff.mp3`, { door: 'audio', episodeId: id, file: '' }],
  [`/audio/${id}`, undefined],
  [`/audio/${id}/`, undefined],
  [`/audio/${id}/x/${file}`, undefined],
  [`/audio/not-an-id/${file}`, undefined],
  [`/audio/${id.toUpperCase()}/${file}`, undefined],
  [`/x/audio/${id}/${file}`, undefined],
  [`audio/${id}/${file}`, undefined],
  ['/episodes/x/waveform.json', undefined],
  ['/', undefined],
  ['', undefined],
  ['https://podcasts.example.com', undefined],
]

for (const [url, address] of rows) {
  const parsed = parseMediaAddress(url)
  t.strictSame(parsed && { ...parsed }, address, url)
}

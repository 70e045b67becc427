import t from 'tap'
import { isTimeZone } from '../../src/shows/time-zone.ts'

t.test('names of time zones are told from what is none', async (t) => {
  for (const name of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3', 'Asia/Kolkata']) {
    t.ok(isTimeZone(name), name)
  }
  for (const name of ['', 'Berlin', 'Europe/Nowhere', '+02:00', '2', 'Europe/Berlin ', "UTC'"])
    t.notOk(isTimeZone(name), name)
})

import t from 'tap'
import { tryParseRecurrence } from '../../../src/shows/tag-rules/recurrence.ts'

t.test('a rule is read part by part', async (t) => {
  const good = [
    'FREQ=DAILY',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=10',
    'FREQ=DAILY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR',
    'FREQ=WEEKLY;BYDAY=FR;BYMONTHDAY=13',
    'FREQ=YEARLY;BYDAY=+4TH;BYMONTH=11',
    'FREQ=MONTHLY;BYDAY=-1SU;BYSETPOS=-1;WKST=MO',
    'FREQ=WEEKLY;UNTIL=20261231',
    'FREQ=WEEKLY;UNTIL=20261231T235959Z;BYHOUR=0,23;BYMINUTE=59;BYSECOND=60',
    'FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=-366',
  ]
  for (const rule of good) {
    const recurrence = tryParseRecurrence(rule)
    t.not(typeof recurrence, 'string', `${rule}: ${recurrence}`)
    if (typeof recurrence !== 'string') t.equal([...recurrence].map((part) => part.join('=')).join(';'), rule)
  }
})

t.test('what is none is refused in words', async (t) => {
  const bad: [string, RegExp][] = [
    ['', /“” is not a part/],
    ['BYDAY=MO', /needs FREQ/],
    ['FREQ=OFTEN', /“OFTEN” is not a value of FREQ/],
    ['freq=DAILY', /“freq” is not a part/],
    ['FREQ=DAILY;FREQ=WEEKLY', /FREQ stands twice/],
    ['FREQ=DAILY=WEEKLY', /not a value of FREQ/],
    ['FREQ=DAILY;X=1', /“X” is not a part/],
    ['FREQ=DAILY;constructor=1', /“constructor” is not a part/],
    ['FREQ=DAILY;COUNT=0', /COUNT/],
    ['FREQ=DAILY;INTERVAL=-1', /INTERVAL/],
    ['FREQ=DAILY;BYHOUR=24', /BYHOUR/],
    ['FREQ=DAILY;BYMONTH=13', /BYMONTH/],
    ['FREQ=DAILY;BYMONTHDAY=0', /BYMONTHDAY/],
    ['FREQ=DAILY;BYDAY=MON', /BYDAY/],
    ['FREQ=DAILY;BYDAY=54MO', /BYDAY/],
    ['FREQ=DAILY;UNTIL=20261301', /UNTIL/],
    ['FREQ=DAILY;UNTIL=20261231;COUNT=1', /COUNT or UNTIL/],
  ]
  for (const [rule, reason] of bad) t.match(tryParseRecurrence(rule), reason, rule)
})

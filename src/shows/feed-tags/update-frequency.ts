import { type Static, Type } from '@fastify/type-provider-typebox'
import { Text } from './kinds.ts'

/** `podcast:updateFrequency`: when listeners may expect something new. */
export const UpdateFrequency = Type.Object(
  {
    label: Text(128, 'podcast:updateFrequency: its text has 1 to 128 characters', 'in words, like every other Monday'),
    complete: Type.Optional(Type.Boolean({ description: 'nothing more will come' })),
    startsAt: Type.Optional(Type.String({ format: 'date-time', description: 'dtstart' })),
    rrule: Type.Optional(
      Type.String({
        pattern: '^[A-Z]+=[A-Z0-9,+:-]+(;[A-Z]+=[A-Z0-9,+:-]+)*$',
        maxLength: 255,
        description: 'recurrence rule, like FREQ=WEEKLY;BYDAY=MO',
        rule: 'podcast:updateFrequency: rrule is a recurrence rule (RFC 5545), like FREQ=WEEKLY;BYDAY=MO',
      }),
    ),
  },
  { additionalProperties: false },
)
export type UpdateFrequency = Static<typeof UpdateFrequency>

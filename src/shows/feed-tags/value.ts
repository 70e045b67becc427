import { type Static, Type } from '@fastify/type-provider-typebox'
import { ListOf, longestSeconds, Text, Word } from './kinds.ts'
import { RemoteItem } from './remote-item.ts'

/** `podcast:valueRecipient`. `split` is a share, not a percentage; with `fee` it is a percentage, taken off before the others. */
export const ValueRecipient = Type.Object(
  {
    name: Type.Optional(Text(128, 'podcast:valueRecipient: a name has 1 to 128 characters')),
    type: Word(['node', 'lnaddress'], 'podcast:valueRecipient: type is node or lnaddress'),
    address: Text(255, 'podcast:valueRecipient: address is where it receives'),
    split: Type.Integer({
      minimum: 0,
      maximum: 1_000_000,
      rule: 'podcast:valueRecipient: split is a whole number of shares',
    }),
    customKey: Type.Optional(Text(255, 'podcast:valueRecipient: customKey has 1 to 255 characters')),
    customValue: Type.Optional(Text(255, 'podcast:valueRecipient: customValue has 1 to 255 characters')),
    fee: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type ValueRecipient = Static<typeof ValueRecipient>

const Recipients = ListOf(ValueRecipient, 100, 'podcast:value: at most 100 recipients')

/** `podcast:valueTimeSplit`: for that part of the episode the value goes to others: either a remote item or recipients. */
export const ValueTimeSplit = Type.Object(
  {
    startSeconds: Type.Number({ minimum: 0, maximum: longestSeconds }),
    durationSeconds: Type.Number({ exclusiveMinimum: 0, maximum: longestSeconds }),
    remoteStartSeconds: Type.Optional(Type.Number({ minimum: 0, maximum: longestSeconds })),
    remotePercentage: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 100, rule: 'podcast:valueTimeSplit: remotePercentage is 0 to 100' }),
    ),
    remoteItem: Type.Optional(RemoteItem),
    recipients: Type.Optional(Recipients),
  },
  { additionalProperties: false },
)
export type ValueTimeSplit = Static<typeof ValueTimeSplit>

/** `podcast:value`. That of an episode takes the place of the show's. */
export const Value = Type.Object(
  {
    type: Text(64, 'podcast:value: type is a kind of payment, like lightning'),
    method: Text(64, 'podcast:value: method is a way of it, like keysend or lnaddress'),
    suggested: Type.Optional(
      Type.String({
        pattern: '^\\d{1,8}(\\.\\d{1,11})?$',
        rule: 'podcast:value: suggested is an amount, like 0.00000005000',
      }),
    ),
    recipients: Recipients,
    timeSplits: Type.Optional(ListOf(ValueTimeSplit, 500, 'podcast:value: at most 500 time splits')),
  },
  { additionalProperties: false },
)
export type Value = Static<typeof Value>

import { bitRatesKbps, type ShowView } from '../shows/schemas.ts'
import { SelectField, TextField } from './fields.tsx'
import type { FormState, Typed } from './forms.ts'

export const soundFields = ['stereoLufs', 'monoLufs', 'stereoKbps', 'monoKbps', 'aacKbps']

/** How a show's episodes are to sound, below a fold: the usual values suit nearly everybody. */
export const SoundFields = ({ form }: { form: FormState }) => (
  <details class="sound" open={soundFields.includes(form.problem?.field ?? '')}>
    <summary>Sound</summary>
    <p class="hint">
      For recordings that you upload from now on. Quiet recordings are raised, and loud ones lowered, to a loudness in
      LUFS: podcast apps ask for −16 in stereo and −19 in mono. Empty: the loudness stays as it is.
    </p>
    <div class="pair">
      <TextField form={form} name="stereoLufs" label="Loudness of stereo, LUFS" maxLength={20} />
      <TextField form={form} name="monoLufs" label="Loudness of mono, LUFS" maxLength={20} />
    </div>
    <div class="pair">
      <BitRateField form={form} name="stereoKbps" label="Bit rate of stereo" />
      <BitRateField form={form} name="monoKbps" label="Bit rate of mono" />
    </div>
    <TextField form={form} name="aacKbps" label="AAC beside the MP3, kb/s" hint={aacHint} maxLength={20} />
  </details>
)

const aacHint =
  'Every episode, older ones too, gets an M4A as well: smaller at the same sound, for apps that take it. From 32 to 256, like 64; ' +
  'mono has half. Empty: none, and those that are there are taken back.'

type Sound = Pick<ShowView, 'stereoLufs' | 'monoLufs' | 'stereoKbps' | 'monoKbps'> & Partial<Pick<ShowView, 'aacKbps'>>

/** The same as it would be typed. */
export const typedSound = ({ stereoLufs, monoLufs, stereoKbps, monoKbps, aacKbps }: Sound): Typed => ({
  stereoLufs: String(stereoLufs ?? ''),
  monoLufs: String(monoLufs ?? ''),
  stereoKbps: String(stereoKbps),
  monoKbps: String(monoKbps),
  aacKbps: String(aacKbps ?? ''),
})

const BitRateField = ({ form, name, label }: Readonly<{ form: FormState; name: string; label: string }>) => (
  <SelectField form={form} name={name} label={label} required>
    {bitRatesKbps.map((rate) => (
      <option key={rate} value={rate} selected={String(rate) === form.values[name]}>
        {rate} kb/s
      </option>
    ))}
  </SelectField>
)

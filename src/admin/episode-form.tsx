import { AreaField, FormProblem, TextField } from './fields.tsx'
import type { FormState } from './forms.ts'

type Props = Readonly<{ form: FormState; action: string; submit: string; isNew?: boolean }>

/** Title and show notes. */
export const EpisodeForm = ({ form, action, submit, isNew }: Props) => (
  <form method="post" action={action} id={form.id} data-new-episode={isNew ? '' : undefined}>
    <FormProblem form={form} fields={['title', 'notes']} />
    <TextField
      form={form}
      name="title"
      label="Title"
      hint={isNew ? 'Taken from the recording when left empty.' : undefined}
      maxLength={255}
    />
    <AreaField
      form={form}
      name="notes"
      label="Show notes"
      hint="Markdown: links, lists, **bold**."
      rows={isNew ? 3 : 8}
    />
    <button type="submit">{submit}</button>
  </form>
)

import type { ComponentChildren } from 'preact'
import type { FormState } from './forms.ts'

type FieldProps = Readonly<{
  form: FormState
  /** The field's name in the API. */
  name: string
  label: string
  hint?: string
  required?: boolean
  maxLength?: number
}>

/** One line of text. */
export function TextField(props: FieldProps & { type?: 'text' | 'email'; list?: string }) {
  const { form, name, type = 'text', list, required, maxLength } = props
  return (
    <Labelled {...props}>
      <input
        {...attributes(props)}
        type={type}
        list={list}
        required={required}
        maxLength={maxLength}
        value={form.values[name] ?? ''}
      />
    </Labelled>
  )
}

/** Several lines of text. */
export function AreaField(props: FieldProps & { rows: number }) {
  const { form, name, rows, required, maxLength } = props
  return (
    <Labelled {...props}>
      <textarea
        {...attributes(props)}
        rows={rows}
        required={required}
        maxLength={maxLength}
        value={form.values[name] ?? ''}
      />
    </Labelled>
  )
}

/** A choice; `children` are its options, of which the chosen one is marked already. */
export function SelectField(props: FieldProps & { children: ComponentChildren }) {
  return (
    <Labelled {...props}>
      <select {...attributes(props)} required={props.required}>
        {props.children}
      </select>
    </Labelled>
  )
}

/** Yes or no: posted as `true`, or not at all. */
export function CheckField(props: FieldProps) {
  return (
    <label class="check">
      <input {...attributes(props)} type="checkbox" value="true" checked={props.form.values[props.name] === 'true'} />
      <span>{props.label}</span>
    </label>
  )
}

/** What is wrong with a form as a whole, or with a field that it does not show. */
export const FormProblem = ({ form, fields }: { form: FormState; fields: readonly string[] }) =>
  form.problem && !fields.includes(form.problem.field ?? '') ? (
    <p class="problem" role="alert">
      {form.problem.message}
    </p>
  ) : null

function Labelled({ form, name, label, hint, required, children }: FieldProps & { children: ComponentChildren }) {
  const id = `${form.id}-${name}`
  const isWrong = form.problem?.field === name
  return (
    <div class="field">
      <label for={id}>
        {label}
        {!required && <span class="optional"> (optional)</span>}
      </label>
      {children}
      {isWrong && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {label}: {form.problem?.message}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

function attributes({ form, name, hint }: FieldProps) {
  const id = `${form.id}-${name}`
  const isWrong = form.problem?.field === name
  const described = [isWrong && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    id,
    name,
    ...(described && { 'aria-describedby': described }),
    ...(isWrong && { 'aria-invalid': true, autofocus: true }),
  }
}

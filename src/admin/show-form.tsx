import { categories } from '../shows/categories.ts'
import { AreaField, CheckField, FormProblem, SelectField, TextField } from './fields.tsx'
import type { FormState } from './forms.ts'
import { SoundFields, soundFields } from './sound-fields.tsx'

type Props = Readonly<{ form: FormState; action: string; submit: string; isNew?: boolean }>

const texts = ['title', 'description', 'author', 'ownerEmail', 'category', 'language', 'timeZone', 'enclosurePrefix']
const fields = [...texts, ...soundFields]

/** What the API demands of a show, and how its episodes are to sound. */
export const ShowForm = ({ form, action, submit, isNew }: Props) => (
  <form method="post" action={action} id={form.id} data-new-show={isNew ? '' : undefined}>
    <FormProblem form={form} fields={fields} />
    <TextField form={form} name="title" label="Title" required maxLength={255} />
    <AreaField
      form={form}
      name="description"
      label="Description"
      hint="What the show is about, and for whom. Directories print it."
      required
      maxLength={4000}
      rows={4}
    />
    <div class="pair">
      <TextField form={form} name="author" label="Author" hint="Who makes the show." required maxLength={255} />
      <TextField
        form={form}
        name="ownerEmail"
        label="E-mail"
        hint="Where directories write to. It is public, in the feed."
        type="email"
        required
        maxLength={255}
      />
    </div>
    <div class="pair">
      <SelectField form={form} name="category" label="Category" hint="A category of Apple Podcasts." required>
        <CategoryOptions chosen={form.values.category} />
      </SelectField>
      <TextField
        form={form}
        name="language"
        label="Language"
        hint="A language tag, like en, de or pt-BR."
        list="languages"
        required
        maxLength={35}
      />
    </div>
    <TextField
      form={form}
      name="timeZone"
      label="Time zone"
      hint="Where the days of your reports begin, like Europe/Berlin. Empty: UTC."
      list="time-zones"
      maxLength={60}
    />
    <CheckField form={form} name="explicit" label="It has explicit language or content" />
    <TextField
      form={form}
      name="enclosurePrefix"
      label="Prefix for other statistics"
      hint="Stands before the address of each episode's audio in the feed, like https://op3.dev/e/ does."
      maxLength={255}
    />
    <SoundFields form={form} />
    <button type="submit">{submit}</button>
  </form>
)

/** What the language fields of all forms suggest; printed once. */
export const Languages = () => (
  <datalist id="languages">
    {Object.entries(languages).map(([tag, name]) => (
      <option key={tag} value={tag}>
        {name}
      </option>
    ))}
  </datalist>
)

/** The same for the fields of time zones. */
export const TimeZones = () => (
  <datalist id="time-zones">
    {Intl.supportedValuesOf('timeZone').map((name) => (
      <option key={name} value={name} />
    ))}
  </datalist>
)

const languages = {
  ar: 'العربية',
  cs: 'Čeština',
  da: 'Dansk',
  de: 'Deutsch',
  el: 'Ελληνικά',
  en: 'English',
  es: 'Español',
  fi: 'Suomi',
  fr: 'Français',
  he: 'עברית',
  hi: 'हिन्दी',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
  nl: 'Nederlands',
  no: 'Norsk',
  pl: 'Polski',
  pt: 'Português',
  'pt-BR': 'Português (Brasil)',
  ro: 'Română',
  ru: 'Русский',
  sv: 'Svenska',
  tr: 'Türkçe',
  uk: 'Українська',
  zh: '中文',
}

const CategoryOptions = ({ chosen = '' }: { chosen?: string }) => (
  <>
    <option value="" selected={chosen === ''}>
      Choose a category
    </option>
    {Object.entries(categories).map(([top, subs]) => (
      <optgroup key={top} label={top}>
        {[top, ...subs.map((sub) => `${top} > ${sub}`)].map((name) => (
          <option key={name} value={name} selected={name === chosen}>
            {name.replace(' > ', ' › ')}
          </option>
        ))}
      </optgroup>
    ))}
  </>
)

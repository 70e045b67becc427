import { AppError, invalid } from '../core/errors.ts'

/** The same, but what is refused without the name of a field is refused with this one. */
export async function nameField<T>(field: string, asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid' && error.details.field === undefined)
      throw invalid(error.message, field)
    throw error
  }
}

package io.jobaudit.fetch;

/** What one call brought back: a job, or an error that says what may be done about it. */
sealed interface ApiAnswer permits JobAnswer, ApiError {

}

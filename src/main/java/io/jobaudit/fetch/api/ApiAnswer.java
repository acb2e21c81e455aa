package io.jobaudit.fetch.api;

/**
 * What one call brought back: what was asked for, or an error that says what may be done
 * about it.
 */
public sealed interface ApiAnswer permits JobAnswer, ListAnswer, ApiError {

}

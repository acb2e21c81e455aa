package io.jobaudit.fetch.api;

/**
 * What one call returned: the answer, or an error that says what can be done about it.
 */
public sealed interface ApiAnswer permits JobAnswer, ListAnswer, ApiError {

}

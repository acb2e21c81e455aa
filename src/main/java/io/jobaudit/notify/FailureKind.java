package io.jobaudit.notify;

/**
 * A kind of failure that is new in a run.
 *
 * @param jobType job type
 * @param errorCode error code
 * @param jobs number of failed jobs
 */
public record FailureKind(String jobType, String errorCode, long jobs) {
}

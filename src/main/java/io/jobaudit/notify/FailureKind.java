package io.jobaudit.notify;

/**
 * A kind of failure that a run has seen first.
 *
 * @param jobType job type
 * @param errorCode error code
 * @param jobs jobs that failed so
 */
public record FailureKind(String jobType, String errorCode, long jobs) {
}

package io.jobaudit.fetch;

import io.jobaudit.fetch.api.ErrorClass;

/** The attempts made for one id, and how many are left. */
final class RetryBudget {

	private final RetryProperties limits;

	private boolean touched;

	private int attempts;

	private int faults;

	private int throttled;

	private int throttleRounds;

	private long previousThrottle;

	private long lastThrottle;

	private int outagesSeen;

	private long previousFault;

	private long lastFault;

	RetryBudget(RetryProperties limits, int outagesSeen, long now) {
		this.limits = limits;
		this.outagesSeen = outagesSeen;
		this.previousFault = now;
		this.lastFault = now;
		this.previousThrottle = now;
		this.lastThrottle = now;
	}

	void attempted() {
		this.attempts++;
	}

	void faulted(long now) {
		this.touched = true;
		this.faults++;
		this.previousFault = this.lastFault;
		this.lastFault = now;
	}

	void throttled(long now) {
		this.touched = true;
		this.throttled++;
		this.previousThrottle = this.lastThrottle;
		this.lastThrottle = now;
	}

	/** Whether a call of the id has failed or been throttled. */
	boolean isTouched() {
		return this.touched;
	}

	boolean isFaultsSpent() {
		return this.faults > this.limits.maxRetries();
	}

	boolean isThrottlesSpent() {
		return this.throttled > this.limits.throttledMaxRetries();
	}

	/**
	 * Whether an outage has ended since this budget was given: what failed during it does
	 * not count.
	 */
	boolean isBefore(int outages) {
		return outages != this.outagesSeen;
	}

	/** Restores all retries after throttling. */
	void renewThrottles() {
		this.throttled = 0;
		this.throttleRounds++;
	}

	/** How often all retries after throttling have been used up. */
	int throttleRounds() {
		return this.throttleRounds;
	}

	/**
	 * When the throttled answer before the last one arrived, or when the first attempt
	 * began.
	 */
	long previousThrottle() {
		return this.previousThrottle;
	}

	/** Restores all retries. */
	void renew(int outages) {
		this.faults = 0;
		this.throttled = 0;
		this.outagesSeen = outages;
	}

	/** Grants one more attempt after throttling. */
	void grantOneThrottle() {
		this.throttled = this.limits.throttledMaxRetries();
	}

	/** Grants one more attempt. */
	void grantOne() {
		this.faults = this.limits.maxRetries();
	}

	/** When the fault before the last one was, or when the first attempt began. */
	long previousFault() {
		return this.previousFault;
	}

	int attempts() {
		return this.attempts;
	}

	/** Number of the next retry of its kind, from 1. */
	int retry(ErrorClass errorClass) {
		return Math.max(1, (errorClass == ErrorClass.THROTTLED) ? this.throttled : this.faults);
	}

}

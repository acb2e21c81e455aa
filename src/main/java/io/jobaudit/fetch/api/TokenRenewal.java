package io.jobaudit.fetch.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.jobaudit.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do when the API says that a token has expired. If the token has worked before,
 * calls wait for the next one, which may be late. A new token may not be known to all
 * servers yet, so it is tried again. If no token has ever worked, waiting does not help.
 */
final class TokenRenewal {

	private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);

	/** Time between two attempts to read a new token. */
	private static final Duration PAUSE = Duration.ofSeconds(10);

	private final CredentialsSource credentials;

	/** How long a new token may be late. */
	private final Duration patience;

	private final Ticker time;

	/** All calls in flight fail when a token expires; one of them renews it. */
	private final ReentrantLock renewing = new ReentrantLock();

	private volatile @Nullable Accepted accepted;

	private volatile CredentialsSource.@Nullable Credentials before;

	private CredentialsSource.@Nullable Credentials givenUp;

	/** A key with which the API has answered, and when that call was sent. */
	private record Accepted(CredentialsSource.Credentials key, long sentAt) {
	}

	TokenRenewal(CredentialsSource credentials, Duration patience, Ticker time) {
		this.credentials = credentials;
		this.patience = patience;
		this.time = time;
	}

	void accepted(CredentialsSource.Credentials key, long sentAt) {
		Accepted known = this.accepted;
		if (known != null && !known.key().equals(key)) {
			this.before = known.key();
		}
		this.accepted = new Accepted(key, sentAt);
	}

	/**
	 * Looks for another key, and waits for it if the refused one has worked before.
	 * @return whether the refused key is a new one: it never worked, but another did
	 * @throws InterruptedException when the run stops
	 */
	boolean refused(CredentialsSource.Credentials key) throws InterruptedException {
		long refusedAt = this.time.now();
		this.renewing.lockInterruptibly();
		try {
			Accepted worked = this.accepted;
			boolean another = this.credentials.renew(key);
			if (worked == null) {
				return false;
			}
			if (!worked.key().equals(key)) {
				return !key.equals(this.before);
			}
			if (!another && !key.equals(this.givenUp)) {
				await(key, refusedAt);
			}
			return false;
		}
		finally {
			this.renewing.unlock();
		}
	}

	private void await(CredentialsSource.Credentials key, long refusedAt) throws InterruptedException {
		LOG.warn("The token of access key {} has expired: waiting up to {} s for a new one", key.accessKeyId(),
				this.patience.toSeconds());
		long left = TimeUnit.NANOSECONDS.convert(this.patience);
		long end = this.time.now() + left;
		for (; left > 0; left = end - this.time.now()) {
			this.time.sleepUntil(this.time.now() + Math.min(left, PAUSE.toNanos()));
			if (this.credentials.renew(key) || isAcceptedAgain(key, refusedAt)) {
				LOG.info("A valid token is available again");
				return;
			}
		}
		this.givenUp = key;
	}

	/**
	 * Whether a later call was accepted; calls that were sent before the token expired do
	 * not count.
	 */
	private boolean isAcceptedAgain(CredentialsSource.Credentials key, long refusedAt) {
		Accepted worked = this.accepted;
		return worked != null && worked.key().equals(key) && worked.sentAt() - refusedAt > 0;
	}

}

package io.jobaudit.fetch;

/**
 * Checks, immediately before each call is sent, whether this process may still make it.
 * Without this check, a process that was frozen while preparing a call would send it
 * later.
 */
@FunctionalInterface
public interface CallGate {

	/** Always open: for a process whose work is never given to another one. */
	CallGate OPEN = () -> {
	};

	/** Throws an exception if this process must not make the call. */
	void requireOpen();

}

package io.jobaudit.fetch;

/** Listing was stopped on request before its end. */
public class ListingStoppedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ListingStoppedException() {
		super("stopped before all jobs were listed");
	}

}

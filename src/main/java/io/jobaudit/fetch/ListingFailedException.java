package io.jobaudit.fetch;

/** The account's jobs cannot be listed, though the API answers. */
public class ListingFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ListingFailedException(String message) {
		super(message);
	}

}

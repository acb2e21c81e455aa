package io.jobaudit;

/** A URL for messages, without what may be a secret: user, password and query. */
public final class MaskedUrl {

	private MaskedUrl() {
	}

	/**
	 * The URL with *** for the parts that may be a secret; it need not be well-formed.
	 */
	public static String of(String url) {
		return url.replaceFirst("(?s)[?#].*", "?***").replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.-]*:)?.*@", "$1//***@");
	}

}

package io.jobaudit.progress;

import org.jspecify.annotations.Nullable;

/** The operator's terminal. */
public interface Screen {

	/** The status line; null if standard error is not a terminal. */
	@Nullable StatusLine statusLine();

}

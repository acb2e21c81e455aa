package io.jobaudit.progress;

import org.jspecify.annotations.Nullable;

/** Where an operator looks. */
public interface Screen {

	/** The line that is kept up to date; null when nobody looks at a terminal. */
	@Nullable StatusLine statusLine();

}

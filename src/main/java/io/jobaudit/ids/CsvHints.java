package io.jobaudit.ids;

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

/**
 * What the operator says of the files of ids; what is null is found in each file.
 *
 * @param idColumn column that holds the ids, by name or by number from 1
 * @param delimiter between the cells
 * @param encoding of the text
 */
public record CsvHints(@Nullable String idColumn, @Nullable Character delimiter, @Nullable Charset encoding) {

	public static final CsvHints NONE = new CsvHints(null, null, null);

}

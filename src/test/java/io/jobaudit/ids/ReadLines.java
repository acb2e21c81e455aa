package io.jobaudit.ids;

import java.util.ArrayList;
import java.util.List;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/** All lines of an input, as the import gets them. */
public final class ReadLines {

	private ReadLines() {
	}

	public static List<InputLine> of(CsvInput input) {
		return after(input, 0, new ExecutionContext());
	}

	/** Those after the last imported one; the context gets the number of all. */
	static List<InputLine> after(CsvInput input, long lastImported, ExecutionContext context) {
		CsvIdReader reader = new CsvIdReader(input, () -> lastImported);
		List<InputLine> lines = new ArrayList<>();
		reader.open(context);
		for (List<InputLine> block = reader.read(); block != null; block = reader.read()) {
			lines.addAll(block);
		}
		reader.update(context);
		reader.close();
		return lines;
	}

}

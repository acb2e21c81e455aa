package io.jobaudit.report.xlsx;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook that streams its rows and has the same bytes for the same content: POI omits
 * the times of ZIP entries, and the dates of the document are those of the run.
 */
final class ReproducibleWorkbook extends SXSSFWorkbook {

	private static final int WINDOW = 100;

	ReproducibleWorkbook(String title, Instant date) {
		super(new XSSFWorkbook(), WINDOW, false, false);
		POIXMLProperties.CoreProperties properties = getXSSFWorkbook().getProperties().getCoreProperties();
		properties.setTitle(title);
		properties.setCreator("job-audit");
		properties.setCreated(Optional.of(Date.from(date)));
		properties.setModified(Optional.of(Date.from(date)));
	}

	/**
	 * A sheet that is kept in memory: its cells can be read again, and it can have
	 * charts.
	 */
	XSSFSheet createHeldSheet(String name) {
		createSheet(name);
		return getXSSFWorkbook().getSheet(name);
	}

	/**
	 * Flushes all rows first: after a failure, rows that are left cannot be flushed when
	 * their writer is closed.
	 */
	@Override
	public void close() throws IOException {
		try {
			for (Sheet sheet : this) {
				((SXSSFSheet) sheet).flushRows();
			}
		}
		finally {
			super.close();
		}
	}

}

import java.io.BufferedReader;
import java.io.File;
import java.io.FileWriter;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Text of PDFs by PDFBox: on each line of the input a mode (plain, sorted, tika), the PDF and the text file, parted by tabs. */
public class Dump {
    public static void main(String[] arguments) throws Exception {
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            String[] job = line.split("\t");
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(job[0].equals("sorted"));
            if (job[0].equals("tika")) {
                stripper.setParagraphStart("");
                stripper.setParagraphEnd("\n");
            }
            try (PDDocument document = PDDocument.load(new File(job[1]));
                    Writer out = new FileWriter(job[2], StandardCharsets.UTF_8)) {
                stripper.writeText(document, out);
            }
        }
    }
}

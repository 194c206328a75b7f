// What every page does.
import "../components/versie/versie";
